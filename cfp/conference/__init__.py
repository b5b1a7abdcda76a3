"""The edition: its dates, rooms, tracks, formats, deadlines and team."""
