"""On account, for buyers such as a hotel."""
