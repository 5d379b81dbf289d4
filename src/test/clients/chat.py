import asyncio, json, sys, websockets

async def talk(url):
    async with websockets.connect(url, subprotocols=["parley.v1"]) as chat:
        send = lambda **message: chat.send(json.dumps({"room": "lobby", **message}))
        await send(type="join")
        async for frame in chat:
            event = json.loads(frame)
            if event["type"] == "join":
                await send(type="message", content="hello, " + event["sender"])
            if event["type"] == "message":
                print(event["sender"] + ": " + event["content"], flush=True)

asyncio.run(talk(sys.argv[1]))
