"""What the project promises of speed, measured as ratios in one run on one machine."""
