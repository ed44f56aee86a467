"""Each page, opened from app.py as a visitor would."""
