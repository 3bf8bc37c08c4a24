"""What makes it good over SSH; knows nothing of interviews."""
