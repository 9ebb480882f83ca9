throw new Error("broken")
