"""What a person touches: the command line and the set-up of the environment."""
