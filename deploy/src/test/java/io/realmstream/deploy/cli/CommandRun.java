package io.realmstream.deploy.cli;

import java.io.PrintWriter;
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
    int exitCode =
        Realm.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
