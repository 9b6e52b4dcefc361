package io.realmstream.deploy.cli.arguments;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a command if every number that was given lies in its {@link Range}. */
public final class RangeCheck implements IExecutionStrategy {
  private final IExecutionStrategy command = new CommandLine.RunLast();

  @Override
  public int execute(ParseResult arguments) {
    for (ParseResult part = arguments; part != null; part = part.subcommand()) {
      for (ArgSpec argument : part.matchedArgs()) {
        check(part.commandSpec().commandLine(), argument);
      }
    }
    return command.execute(arguments);
  }

  /** The range of an option or parameter; null = it has none. */
  public static @Nullable Range of(ArgSpec argument) {
    return argument.userObject() instanceof Field field ? field.getAnnotation(Range.class) : null;
  }

  private static void check(CommandLine commandLine, ArgSpec argument) {
    Range range = of(argument);
    Object value = argument.getValue();
    if (range == null || value == null) {
      return;
    }
    for (Object each : value instanceof Collection<?> all ? all : List.of(value)) {
      double number = ((Number) each).doubleValue();
      boolean inside =
          number >= range.min() && number <= range.max(); // false for what is no number
      if (!inside) {
        String problem = "%s: must be %s (is %s)".formatted(name(argument), words(range), each);
        throw new ParameterException(commandLine, problem, argument, String.valueOf(each));
      }
    }
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String words(Range range) {
    return range.max() == Double.MAX_VALUE
        ? "at least " + plain(range.min())
        : plain(range.min()) + " to " + plain(range.max());
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
