"""What is measured on every page of the house: its look, its weight, who can use it."""
