"""Looking at every page of the house: what there is, where it stands, and what is wrong with it."""
