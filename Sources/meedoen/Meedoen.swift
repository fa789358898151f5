import CommandLineInterface

@main struct Meedoen {
  static func main() { runCommandLine() }
}
