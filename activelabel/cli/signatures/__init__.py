"""Names, options and help of every command, a module for each thing that people come for."""
