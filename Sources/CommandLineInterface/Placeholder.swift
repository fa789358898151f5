public func runCommandLine() async {}
