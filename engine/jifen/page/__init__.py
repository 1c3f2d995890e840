"""A policy as a page that reads like the official table."""
