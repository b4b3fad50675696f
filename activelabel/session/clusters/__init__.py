"""Labels for whole clusters: found by the learner, asked at the desk, judged by a probe, spread to the members."""
