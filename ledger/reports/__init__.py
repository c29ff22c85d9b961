"""What is read out of the books: statements, budgets, and the books for other programs."""
