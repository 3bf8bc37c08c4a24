"""People: the list, a person's page, the contact form and the attempts."""
