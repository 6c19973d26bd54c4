"""What a good editor finds: rules that read a pack, and counts."""
