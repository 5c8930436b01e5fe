"""From an affinity to scores: mixtures, presets and names."""
