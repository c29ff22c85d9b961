"""Cash: boxes with one holder, counts, handing over; pay days; advances. Stands on the core."""
