"""By bank transfer: the office records the money when it comes."""
