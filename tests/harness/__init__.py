"""What the tests stand on: prepared databases, a PostgreSQL, a running site, a browser."""
