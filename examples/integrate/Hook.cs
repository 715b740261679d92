// dotnet run -- FILE, or: mcs Hook.cs && mono Hook.exe FILE. Exits with 0 accept, 1 reject, 2 undecided.
using System;
using System.Diagnostics;
using System.IO;

static class Hook
{
    static int Main(string[] arguments)
    {
        var start = new ProcessStartInfo("disclosure-rules", "hook")
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using (var hook = Process.Start(start))
        {
            hook.StandardInput.Write("{\"content\":\"" + Convert.ToBase64String(File.ReadAllBytes(arguments[0])) + "\"}");
            hook.StandardInput.Close();
            if (!hook.WaitForExit(90000))
            {
                hook.Kill();
                return 2;
            }
            return hook.ExitCode;
        }
    }
}
