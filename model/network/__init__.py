"""Network architectures, their losses and the training configuration."""
