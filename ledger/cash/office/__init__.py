"""The office pages of cash."""
