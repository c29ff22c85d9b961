"""The office as a whole: its colours, its menu, its first page, whatever app tells them."""
