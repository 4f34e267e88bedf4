"""What is asked: framework, guides, codebook and conditions, read from YAML."""
