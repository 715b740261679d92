import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** java Hook.java FILE: exits with 0 accept, 1 reject, 2 undecided. */
class Hook {
    public static void main(String[] arguments) throws Exception {
        String content = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(arguments[0])));
        // The answer goes to a file: a pipe that nobody reads would fill up and hold both sides.
        File answer = File.createTempFile("answer", ".json");
        try {
            Process hook = new ProcessBuilder("disclosure-rules", "hook")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(answer)
                .start();
            try (var request = hook.getOutputStream()) {
                request.write(("{\"content\":\"" + content + "\"}").getBytes(StandardCharsets.UTF_8));
            }
            if (!hook.waitFor(90, TimeUnit.SECONDS)) {
                hook.destroyForcibly();
                System.exit(2);
            }
            System.out.write(Files.readAllBytes(answer.toPath()));
            System.out.flush();
            System.exit(hook.exitValue());
        } finally {
            answer.delete();
        }
    }
}
