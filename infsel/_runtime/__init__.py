"""What the whole package runs on: threads, memory, progress, warnings, files, parameters that check themselves."""
