"""Controls that write down what happens."""
