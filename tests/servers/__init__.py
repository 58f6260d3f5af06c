"""Real database servers for tests: started from the machine's packages, thrown away afterwards."""
