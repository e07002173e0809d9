-- The engine keeps its events in a database of its own.
CREATE DATABASE pointe_tracker OWNER pointe;
