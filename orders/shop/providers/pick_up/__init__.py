"""Paid when it is picked up."""
