<?php
// php hook.php FILE: exits with 0 accept, 1 reject, 2 undecided.
$hook = proc_open(['disclosure-rules', 'hook'], [['pipe', 'r'], STDOUT, STDERR], $pipes);
fwrite($pipes[0], json_encode(['content' => base64_encode(file_get_contents($argv[1]))]));
fclose($pipes[0]);
exit(proc_close($hook));
