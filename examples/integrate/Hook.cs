// dotnet run -- FILE: exits with 0 accept, 1 reject, 2 undecided.
using System.Diagnostics;

var start = new ProcessStartInfo("disclosure-rules", "hook")
{
    RedirectStandardInput = true,
};
using var hook = Process.Start(start)!;
hook.StandardInput.Write("{\"content\":\"" + Convert.ToBase64String(File.ReadAllBytes(args[0])) + "\"}");
hook.StandardInput.Close();
if (!hook.WaitForExit(90_000))
{
    hook.Kill(true);
    return 2;
}
return hook.ExitCode;
