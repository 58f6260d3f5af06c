"""What is handed out: the wheel, the sdist, the container and the unit for systemd."""
