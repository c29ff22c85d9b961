"""What runs inside the house, with its settings and its database: `python -m look.inside`."""
