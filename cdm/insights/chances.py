"""The words for a chance of buying."""

HOT, WARM, COLD = "hot", "warm", "cold"
