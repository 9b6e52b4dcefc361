package io.realmstream.deploy.cli;

import java.io.StringWriter;

/**
 * One run of the realm command inside this process.
 *
 * @param out what it printed on stdout
 * @param err what it printed on stderr
 */
public record CommandRun(int exitCode, String out, String err) {
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Realm.execute(Realm.commandLine(), out, err, arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
