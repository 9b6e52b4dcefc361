package io.realmstream.deploy.cli.console;

/** Nobody takes a command's results any more, so it ends; the process knows the reason. */
public final class OutputClosed extends RuntimeException {}
