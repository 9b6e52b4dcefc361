package io.realmstream.deploy.cli.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.EngineProvider;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.models.TrainerFolder;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * PyTorch by way of DJL, out of a folder that {@code realm model install trainer} fills. Its jars
 * are on no class path: they get a class loader of their own. One process holds one engine.
 */
final class TorchEngine {
  private static final String NAME = "PyTorch";

  private TorchEngine() {}

  /**
   * The engine; opened by the first call, which also decides on the threads.
   *
   * @param threads of each operation
   * @throws CommandFailure if the folder holds none, or it does not load
   */
  static synchronized Engine open(Path folder, int threads) throws IOException {
    List<Path> jars = TrainerFolder.jars(folder);
    if (Engine.hasEngine(NAME)) {
      return Engine.getEngine(NAME);
    }
    // no download of another build, no usage report, no native library outside of the folder
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ENGINE_CACHE_DIR", folder.resolve("natives").toAbsolutePath().toString());
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    ClassLoader loader = loader(jars);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader); // where DJL looks for the native library
    try {
      Engine.registerEngine(
          ServiceLoader.load(EngineProvider.class, loader).stream()
              .map(ServiceLoader.Provider::get)
              .filter(each -> each.getEngineName().equals(NAME)) // the tokenizer brings one, too
              .findFirst()
              .orElseThrow(() -> CommandFailure.failed(folder + " holds no engine of DJL")));
      return Engine.getEngine(NAME);
    } catch (EngineException | LinkageError e) {
      throw CommandFailure.failed("PyTorch does not load: " + e.getMessage());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Never closed: native code cannot be unloaded. */
  private static ClassLoader loader(List<Path> jars) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), TorchEngine.class.getClassLoader());
  }
}
