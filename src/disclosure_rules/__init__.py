"""Compliance checker for China's government information disclosure annual reports."""
