package io.realmstream.deploy.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;

/** A run of the realm command inside this process that prints for as long as somebody reads. */
public final class RunningCommand {
  private final BufferedReader out;
  private final CompletableFuture<Integer> exitCode;

  private RunningCommand(BufferedReader out, CompletableFuture<Integer> exitCode) {
    this.out = out;
    this.exitCode = exitCode;
  }

  /** Starts it. */
  public static RunningCommand of(String... arguments) throws IOException {
    PipedReader end = new PipedReader();
    PrintWriter out = new PrintWriter(new PipedWriter(end), true);
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(
            () ->
                Realm.commandLine()
                    .setOut(out)
                    .setErr(new PrintWriter(new StringWriter()))
                    .execute(arguments),
            command -> new Thread(command, "command").start());
    return new RunningCommand(new BufferedReader(end), exitCode);
  }

  /** The next line on stdout, waited for. */
  public String line() throws IOException {
    return out.readLine();
  }

  /** Reads no more; returns the exit code of the command, which ends by that. */
  public int stopReading() throws IOException {
    out.close();
    return exitCode.join();
  }
}
