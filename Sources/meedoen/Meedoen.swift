import CommandLineInterface

@main struct Meedoen {
  static func main() async { await runCommandLine() }
}
