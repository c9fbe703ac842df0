"""What a page comes wrapped in: files of browsers, responses of HTTP clients."""
