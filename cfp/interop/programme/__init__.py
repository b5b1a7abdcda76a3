"""What all schedule files mean alike, whatever their format: raw words become talks."""
