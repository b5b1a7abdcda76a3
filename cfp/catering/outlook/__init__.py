"""One look ahead: from all that is known on a day to the numbers that a snapshot keeps."""
