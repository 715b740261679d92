<?php
// php hook.php FILE: exits with 0 accept, 1 reject, 2 undecided.
$content = file_get_contents($argv[1]);
$hook = proc_open(['disclosure-rules', 'hook'], [['pipe', 'r'], STDOUT, STDERR], $pipes);
if ($content === false || $hook === false) {
    exit(2);
}
fwrite($pipes[0], json_encode(['content' => base64_encode($content)]));
fclose($pipes[0]);
$code = proc_close($hook);
exit($code === 0 || $code === 1 ? $code : 2); // 127 where there is no such program
