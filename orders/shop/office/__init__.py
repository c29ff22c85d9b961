"""The shop's pages in the office."""
