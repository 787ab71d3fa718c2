package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files and methods are as short as CONTRIBUTING says, by the compiler's own reading of them. */
class SourceSizesTest {
  private static final int LINES_OF_NINE_FILES_IN_TEN = 160;
  private static final int LINES_OF_NINE_METHODS_IN_TEN = 13;
  private static final int LINES_OF_99_METHODS_IN_100 = 30;
  private static final int MANY_PARAMETERS = 8;
  private static final int MOST_WITH_MANY =
      5; // outside the kernels' arithmetic, which names each array and its place

  private static final List<Size> FILES = new ArrayList<>();
  private static final List<Size> METHODS = new ArrayList<>();
  private static final List<String> WITH_MANY_PARAMETERS = new ArrayList<>();

  private record Size(int lines, String what) {}

  @BeforeAll
  static void read() throws IOException {
    List<Path> sources = sources();
    for (Path source : sources) {
      FILES.add(new Size(Files.readAllLines(source).size(), source.toString()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      JavacTask task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
      for (CompilationUnitTree unit : task.parse()) {
        new Methods(Trees.instance(task).getSourcePositions()).scan(unit, null);
      }
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("worker-kernels", "datasets", "driver", "submit")) {
      try (Stream<Path> files = Files.walk(Documents.HOME.resolve(module + "/src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  /** Lines between the braces of each body. */
  private static final class Methods extends TreePathScanner<Void, Void> {
    private final SourcePositions positions;

    Methods(SourcePositions positions) {
      this.positions = positions;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      String what = unit.getSourceFile().getName() + " " + method.getName();
      if (method.getBody() != null) {
        METHODS.add(new Size(lines(unit, method), what));
      }
      boolean ofRecord = getCurrentPath().getParentPath().getLeaf().getKind() == Kind.RECORD;
      if (method.getParameters().size() >= MANY_PARAMETERS
          && !ofRecord // whose components it takes over
          && !unit.getPackageName().toString().startsWith("io.hindsight.kernels.math")) {
        WITH_MANY_PARAMETERS.add(what);
      }
      return super.visitMethod(method, unused);
    }

    private int lines(CompilationUnitTree unit, MethodTree method) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
      long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
      return (int) Math.max(0, last - first - 1);
    }
  }

  @Test
  void shouldKeepFilesShort() {
    assertShort(FILES, 0.9, LINES_OF_NINE_FILES_IN_TEN);
  }

  @Test
  void shouldKeepMethodsShort() {
    assertShort(METHODS, 0.9, LINES_OF_NINE_METHODS_IN_TEN);
    assertShort(METHODS, 0.99, LINES_OF_99_METHODS_IN_100);
  }

  @Test
  void shouldGiveMethodsFewParameters() {
    assertTrue(WITH_MANY_PARAMETERS.size() <= MOST_WITH_MANY, WITH_MANY_PARAMETERS.toString());
  }

  /** What is just too long is named: there a wall is to be moved. */
  private static void assertShort(List<Size> all, double share, int most) {
    List<Size> sorted = all.stream().sorted(Comparator.comparingInt(Size::lines)).toList();
    int place = (int) Math.ceil(share * sorted.size()) - 1;
    int last = Math.min(sorted.size(), place + 20);
    assertTrue(
        sorted.get(place).lines <= most,
        "of %d, %.0f %% have more than %d lines; too long by little: %s"
            .formatted(sorted.size(), 100 * (1 - share), most, sorted.subList(place, last)));
  }
}
