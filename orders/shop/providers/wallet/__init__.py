"""By phone wallet (Yape, Plin): a QR picture, a number, and the operation that she tells us."""
