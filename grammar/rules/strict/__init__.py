"""What ABC 2.1 does not allow, though its meaning is plain; and, as warnings, what it leaves open."""
