package io.realmstream.deploy.cli.learn.corpus;

/** Recall of the questions of a file; shares between 0 and 1. */
public record FileRecall(String file, double at1, double at5) {}
