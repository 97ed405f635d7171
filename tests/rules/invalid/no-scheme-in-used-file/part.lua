
clause "4"
